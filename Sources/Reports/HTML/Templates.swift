import Mustache

/// The templates of `Templates/`, which are part of the executable.
enum Templates {
    private static let files: [(name: String, bytes: [UInt8])] = [
        ("page", PackageResources.page_mustache),
        ("verdict", PackageResources.verdict_mustache),
        ("change", PackageResources.change_mustache),
        ("card", PackageResources.card_mustache),
        ("chart", PackageResources.chart_mustache),
        ("curve", PackageResources.curve_mustache),
        ("track", PackageResources.track_mustache),
        ("mark", PackageResources.mark_mustache),
        ("functions", PackageResources.functions_mustache),
        ("ledger", PackageResources.ledger_mustache),
        ("sentence", PackageResources.sentence_mustache),
        ("listing", PackageResources.listing_mustache),
        ("flame", PackageResources.flame_mustache),
        ("agreement", PackageResources.agreement_mustache),
        ("order", PackageResources.order_mustache),
        ("caveats", PackageResources.caveats_mustache),
        ("style", PackageResources.style_css),
        ("tree-script", PackageResources.tree_js),
        ("flame-script", PackageResources.flame_js),
        ("functions-script", PackageResources.functions_js),
    ]

    /// Renders a page; every text in it is escaped by `HTMLText`.
    static func render(_ page: PageView) throws -> String {
        try library().render(page, withTemplate: "page") ?? ""
    }

    /// Each template, a partial too, begins anew with the library's own escape, so each is told of ours.
    private static func library() throws -> MustacheLibrary {
        MustacheContentTypes.register(HTMLText(), named: HTMLText.name)
        var library = MustacheLibrary()
        for (name, bytes) in files {
            let text = String(decoding: bytes, as: UTF8.self)
            try library.register("{{% CONTENT_TYPE: \(HTMLText.name)}}" + text, named: name)
        }
        return library
    }
}
