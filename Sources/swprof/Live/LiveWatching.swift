import Analysis
import Measuring
import ProfileFormats
import Reports
import Running

/// Watches a run: reads its capture log as it grows, and draws what it says.
final class LiveWatching: RunWatching {
    private let settings: LiveSettings
    /// `nil` where nothing is drawn.
    private let terminal: LiveTerminal?
    private let screen: LiveScreen
    private let colors = Output.errorTakesColors
    private var view: LiveView
    private var growing: GrowingProfile?
    private var shares = LiveShares()
    private var nextLook = ContinuousClock.now
    private var isOver = false

    /// Four pictures a second; fewer where a look takes so long that this would cost more than 4 % of a processor.
    private static let pause = Duration.milliseconds(250)
    private static let mostOfProcessor = 25
    private static let longestPause = Duration.seconds(2)

    init(_ settings: LiveSettings) {
        self.settings = settings
        view = settings.view
        terminal = settings.isShown ? LiveTerminal(keys: settings.keys) : nil
        screen = LiveScreen(title: settings.title, keys: terminal?.hearsKeys == true, goal: settings.until)
        let size = LiveTerminal.size
        terminal?.draw(screen.waiting(width: size.width, height: size.height, colors: colors))
    }

    /// Looks and draws, where it is time to, and hears keys.
    ///
    /// - Returns: whether to go on watching.
    func step(_ log: String) -> Bool {
        for key in terminal?.keys() ?? [] { take(key) }
        guard !isOver else { return false }
        let now = ContinuousClock.now
        guard now >= nextLook else { return true }
        look(log)
        nextLook = now + min(max(Self.pause, (ContinuousClock.now - now) * Self.mostOfProcessor), Self.longestPause)
        return !isOver
    }

    func close() { terminal?.close() }

    private func take(_ key: Character) {
        switch key {
        case "q": isOver = true
        case "f": view = .function
        case "l": view = .line
        case "t": view = .thread
        default: return
        }
        nextLook = .now
    }

    private func look(_ log: String) {
        growing = growing ?? GrowingProfile(path: log)
        guard let growing, let findings = findings(growing) else { return }
        if let until = settings.until, let reach = findings.reach, reach <= until { isOver = true }
        let size = LiveTerminal.size
        terminal?.draw(screen.lines(findings, width: size.width, height: size.height, colors: colors))
    }

    private func findings(_ growing: GrowingProfile) -> LiveFindings? {
        guard growing.profile.kind == .sampling else {
            return growing.whole().flatMap { try? LiveFindings(counted: $0, by: view, rows: settings.rows) }
        }
        shares.add(growing.look(), of: growing.profile)
        return shares.findings(by: view, rows: settings.rows, of: growing.profile)
    }
}
