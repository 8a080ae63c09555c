"""The macros of the paper: keys that its text names, with what stands there."""
import wording


class Macros(dict):
    """Key → TeX. `\\result{KEY}` prints it."""

    def text(self, key, text):
        self[key] = text

    def quantity(self, key, value, low, high, style):
        """The value with its interval, and at KEY/value the value alone."""
        self[key] = wording.interval(value, low, high, style)
        self[f"{key}/value"] = style(value)

    def of_interval(self, key, interval, style):
        """Of JSON's {mean, low, high} or {ratio, low, high}; nothing where it is null."""
        if interval is not None:
            self.quantity(key, interval.get("mean", interval.get("ratio")), interval["low"], interval["high"], style)

    def rows(self, key, rows):
        """The body of a table."""
        self[key] = "\n".join(" & ".join(cells) + r" \\" for cells in rows)

    def lines(self):
        return [f"\\defineresult{{{key}}}{{{text}}}%" for key, text in self.items()]
