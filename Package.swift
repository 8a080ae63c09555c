// swift-tools-version: 6.2
import PackageDescription

// Two builds from one manifest. What the profiled process loads is Embedded Swift: with neither runtime
// nor reflection it is a tenth in size and loads in a tenth of the time. `make` asks for it by
// SWPROF_PART=extension, in a scratch folder of its own; all the rest is the full language.
let isExtension = Context.environment["SWPROF_PART"] == "extension"

// Always built for speed and without exclusivity checks: a check inside the signal handler would call
// into the Swift runtime.
let insideTheProgram: [SwiftSetting] =
    [.unsafeFlags(["-Ounchecked", "-enforce-exclusivity=unchecked"], .when(configuration: .release))]
    + (isExtension ? [.enableExperimentalFeature("Embedded"), .unsafeFlags(["-wmo"])] : [])

// The interpreter needs one symbol of the extension; the others are hidden.
let extensionLinking = [
    "-enable-experimental-feature", "Embedded", "-use-ld=lld", "-Xlinker", "--gc-sections", "-Xlinker", "-Bsymbolic",
    "-Xlinker", "--as-needed", "-Xlinker",
    "--version-script=\(Context.packageDirectory)/Sources/PythonExtension/exports.map",
    // Where `make` has put it: what comparing text needs to know of Unicode.
    "\(Context.packageDirectory)/.build/static/libswiftUnicodeDataTables.a",
]

// Quick, and without the system linker's warnings on Swift's own libraries.
let toolchainsLinker: [LinkerSetting] = [.unsafeFlags(["-use-ld=lld"])]

// An empty table takes the place of ICU's data, which is half of what swprof would weigh (Sources/swprof/NoLocales.swift).
let withoutLocales: [LinkerSetting] = [
    .unsafeFlags(["-Xlinker", "--defsym=icudt76_dat=$s6swprof15emptyLocaleDatas6UInt64V_A4Dtvp"])
]

// SwiftPM takes the last package that is made, so only one may be.
let package =
    if isExtension {
        Package(
            name: "swprof",
            products: [.library(name: "_swprof", type: .dynamic, targets: ["PythonExtension"])],
            targets: [
                .systemLibrary(name: "CPython"),
                .systemLibrary(name: "CMachine"),
                .systemLibrary(name: "Glibc"),
                .target(name: "Capture", dependencies: ["CMachine", "Glibc"], swiftSettings: insideTheProgram),
                .target(
                    name: "PythonRuntime", dependencies: ["Capture", "CPython", "CMachine", "Glibc"],
                    swiftSettings: insideTheProgram),
                .target(
                    name: "PythonExtension", dependencies: ["PythonRuntime", "CPython", "Glibc"],
                    exclude: ["exports.map"],
                    swiftSettings: insideTheProgram, linkerSettings: [.unsafeFlags(extensionLinking)]),
            ],
            swiftLanguageModes: [.v6]
        )
    } else {
        Package(
            name: "swprof",
            products: [.executable(name: "swprof", targets: ["swprof"])],
            dependencies: [
                .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
                .package(url: "https://github.com/apple/swift-protobuf", exact: "1.39.0", traits: []),
                .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2", traits: []),
                .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
                .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
                .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
                .package(url: "https://github.com/LebJe/TOMLKit", exact: "0.6.0"),
            ],
            targets: [
                .systemLibrary(name: "CGSL", pkgConfig: "gsl", providers: [.apt(["libgsl-dev"])]),
                .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
                .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
                .systemLibrary(name: "CMachine"),

                .target(name: "ProfileModel"),
                .target(name: "Capture", dependencies: ["CMachine"], swiftSettings: insideTheProgram),

                .target(
                    name: "ProfileFormats",
                    dependencies: [
                        "ProfileModel", "Capture", "CZlib", "CZstd",
                        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
                    ],
                    exclude: ["Pprof/profile.proto"]),
                .target(name: "Statistics", dependencies: ["CGSL"]),
                .target(name: "Analysis", dependencies: ["ProfileModel", "Statistics"]),
                .target(
                    name: "Running",
                    dependencies: ["ProfileFormats", "ProfileModel"],
                    resources: [
                        .embedInCode("Launching/sitecustomize.py"), .embedInCode("Slowing/slowed_launch.py"),
                        .embedInCode("Slowing/slowing.py"), .embedInCode("Duet/duet_launch.py"),
                        .embedInCode("Attaching/reader.py"), .embedInCode("Attaching/injected.py"),
                    ]),
                .target(
                    name: "Measuring",
                    dependencies: [
                        "Analysis", "Capture", "ProfileFormats", "ProfileModel", "Running", "Statistics",
                        .product(name: "GRDB", package: "GRDB.swift"),
                    ],
                    resources: [.embedInCode("Calibrating/calibrating.py")]),
                .target(
                    name: "Experiments",
                    dependencies: [
                        "Analysis", "Capture", "Measuring", "ProfileModel", "Running", "Statistics",
                        .product(name: "GRDB", package: "GRDB.swift"),
                        .product(name: "TOMLKit", package: "TOMLKit"),
                    ]),
                .target(
                    name: "Reports",
                    dependencies: [
                        "Analysis", "ProfileModel",
                        .product(name: "Mustache", package: "swift-mustache"),
                    ],
                    resources: [.embedInCode("Templates")]),
                .executableTarget(
                    name: "swprof",
                    dependencies: [
                        "Analysis", "Experiments", "Measuring", "ProfileFormats", "ProfileModel", "Reports", "Running",
                        .product(name: "ArgumentParser", package: "swift-argument-parser"),
                        .product(name: "TOMLKit", package: "TOMLKit"),
                    ],
                    linkerSettings: toolchainsLinker + withoutLocales),
                .executableTarget(
                    name: "swprof-bench",
                    dependencies: [
                        "Measuring", "ProfileModel", "Running", "Statistics",
                        .product(name: "ArgumentParser", package: "swift-argument-parser"),
                        .product(name: "Subprocess", package: "swift-subprocess"),
                        .product(name: "SystemPackage", package: "swift-system"),
                    ],
                    path: "experiments/bench",
                    exclude: [
                        "call_depth.py", "call_paths.py", "cprofile_python.py", "legal_stacks.py",
                        "line_profiler_python.py", "many_lines.py",
                        "sleep_after_busy.py", "talk_picture.py", "with_packages.py",
                    ],
                    linkerSettings: toolchainsLinker),
                .executableTarget(
                    name: "swprof-coverage",
                    dependencies: [
                        "Analysis", "Capture", "Measuring", "ProfileModel", "Running", "Statistics",
                        .product(name: "ArgumentParser", package: "swift-argument-parser"),
                        .product(name: "GRDB", package: "GRDB.swift"),
                    ],
                    path: "experiments/coverage",
                    exclude: ["blocks.py", "passes.py", "results.sqlite"],
                    linkerSettings: toolchainsLinker),

                .executableTarget(
                    name: "swprof-fuzz",
                    dependencies: ["ProfileFormats"],
                    path: "experiments/fuzz",
                    exclude: ["README.md", "make_seeds.py", "seeds"],
                    linkerSettings: toolchainsLinker),

                .testTarget(name: "ProfileModelTests", dependencies: ["ProfileModel"]),
                .testTarget(name: "CaptureTests", dependencies: ["Capture"]),
                .testTarget(name: "ProfileFormatsTests", dependencies: ["Capture", "ProfileFormats", "ProfileModel"]),
                .testTarget(
                    name: "StatisticsTests", dependencies: ["Statistics"], exclude: ["reference.py", "reference.json"]),
                .testTarget(name: "AnalysisTests", dependencies: ["Analysis", "Capture", "Statistics"]),
                .testTarget(name: "RunningTests", dependencies: ["ProfileModel", "Running"]),
                .testTarget(
                    name: "MeasuringTests",
                    dependencies: ["Analysis", "Capture", "Measuring", "ProfileModel", "Running", "Statistics"]),
                .testTarget(
                    name: "ExperimentsTests",
                    dependencies: [
                        "Analysis", "Experiments", "Measuring", "ProfileModel", "Running", "Statistics",
                        .product(name: "GRDB", package: "GRDB.swift"),
                    ]),
                .testTarget(name: "BenchTests", dependencies: ["swprof-bench", "Capture", "Measuring", "Statistics"]),
                .testTarget(name: "FuzzTests", dependencies: ["swprof-fuzz"]),
                .testTarget(
                    name: "CoverageTests",
                    dependencies: [
                        "swprof-coverage", "Measuring", "Statistics", .product(name: "GRDB", package: "GRDB.swift"),
                    ]),
                .testTarget(
                    name: "ReportsTests", dependencies: ["Analysis", "ProfileModel", "Reports"], exclude: ["Goldens"]),
            ],
            swiftLanguageModes: [.v6]
        )
    }
