import Testing

@testable import Running

@Suite struct InstalledCommandTests {
    @Test(arguments: [
        ("#!/usr/bin/python3\nimport sys", "/usr/bin/python3"),
        ("#! /opt/venv/bin/python3.11 -s\n", "/opt/venv/bin/python3.11"),
        ("#!/usr/bin/env python3\n", "python3"),
        ("#!/usr/bin/env -S python3 -u\n", "python3"),
        ("#!/bin/sh\n'''exec' \"/a folder/bin/python\" \"$0\" \"$@\"\n' '''\nimport re", "/a folder/bin/python"),
        ("#!/bin/sh\n'''exec' /long/bin/python3 \"$0\" \"$@\"\n' '''\n", "/long/bin/python3"),
    ])
    func theFirstLinesNameThePython(head: String, python: String) {
        #expect(InstalledCommand.python(inHead: head) == python)
    }

    @Test(arguments: [
        "", "#!", "#!/bin/sh\nexec python3 x.py", "import sys", "\u{7F}ELF", "#!/usr/bin/env\n", "#!/usr/bin/perl\n",
    ])
    func otherProgramsNameNone(head: String) {
        #expect(InstalledCommand.python(inHead: head) == nil)
    }
}
