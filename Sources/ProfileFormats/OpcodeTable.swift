/// The opcodes of one version of CPython: their names, and how many units of caches stand behind each.
struct OpcodeTable: Sendable {
    private var entries = [(name: String, caches: Int)?](repeating: nil, count: 256)

    /// `nil` for a version whose numbers are not known.
    static func of(python: String) -> OpcodeTable? { python.hasPrefix("3.11.") ? python3_11 : nil }

    func name(_ opcode: UInt8) -> String? { entries[Int(opcode)]?.name }
    func caches(behind opcode: UInt8) -> Int? { entries[Int(opcode)]?.caches }

    /// - Parameter table: `NAME+CACHES NUMBER NUMBER …` for each, with commas between.
    private init(_ table: String) {
        for entry in table.split(whereSeparator: { $0 == "," || $0 == "\n" }) {
            let words = entry.split(separator: " ")
            guard let head = words.first?.split(separator: "+") else { continue }
            for number in words.dropFirst().compactMap({ UInt8($0) }) {
                entries[Int(number)] = (String(head[0]), head.count > 1 ? Int(head[1]) ?? 0 : 0)
            }
        }
    }

    /// From Lib/opcode.py of 3.11: the number by which the compiler knows an instruction, then those that it is
    /// replaced by while the program runs. One that does the work of two counts as the first of them.
    private static let python3_11 = OpcodeTable(
        """
        POP_TOP 1, PUSH_NULL 2, NOP 9, UNARY_POSITIVE 10, UNARY_NEGATIVE 11, UNARY_NOT 12, UNARY_INVERT 15,
        BINARY_SUBSCR+4 25 17 18 19 20 21, GET_LEN 30, MATCH_MAPPING 31, MATCH_SEQUENCE 32, MATCH_KEYS 33,
        PUSH_EXC_INFO 35, CHECK_EXC_MATCH 36, CHECK_EG_MATCH 37, WITH_EXCEPT_START 49, GET_AITER 50, GET_ANEXT 51,
        BEFORE_ASYNC_WITH 52, BEFORE_WITH 53, END_ASYNC_FOR 54, STORE_SUBSCR+1 60 168 169 170, DELETE_SUBSCR 61,
        GET_ITER 68, GET_YIELD_FROM_ITER 69, PRINT_EXPR 70, LOAD_BUILD_CLASS 71, LOAD_ASSERTION_ERROR 74,
        RETURN_GENERATOR 75, LIST_TO_TUPLE 82, RETURN_VALUE 83, IMPORT_STAR 84, SETUP_ANNOTATIONS 85, YIELD_VALUE 86,
        ASYNC_GEN_WRAP 87, PREP_RERAISE_STAR 88, POP_EXCEPT 89, STORE_NAME 90, DELETE_NAME 91,
        UNPACK_SEQUENCE+1 92 177 178 179 180, FOR_ITER 93, UNPACK_EX 94, STORE_ATTR+4 95 153 154 158 159,
        DELETE_ATTR 96, STORE_GLOBAL 97, DELETE_GLOBAL 98, SWAP 99, LOAD_CONST 100 44, LOAD_NAME 101, BUILD_TUPLE 102,
        BUILD_LIST 103, BUILD_SET 104, BUILD_MAP 105, LOAD_ATTR+4 106 39 40 41 42 43, COMPARE_OP+2 107 26 27 28 29,
        IMPORT_NAME 108, IMPORT_FROM 109, JUMP_FORWARD 110, JUMP_IF_FALSE_OR_POP 111, JUMP_IF_TRUE_OR_POP 112,
        POP_JUMP_FORWARD_IF_FALSE 114, POP_JUMP_FORWARD_IF_TRUE 115, LOAD_GLOBAL+5 116 47 48 55, IS_OP 117,
        CONTAINS_OP 118, RERAISE 119, COPY 120, BINARY_OP+1 122 3 4 5 6 7 8 13 14 16, SEND 123, LOAD_FAST 124 45 46,
        STORE_FAST 125 161 167, DELETE_FAST 126, POP_JUMP_FORWARD_IF_NOT_NONE 128, POP_JUMP_FORWARD_IF_NONE 129,
        RAISE_VARARGS 130, GET_AWAITABLE 131, MAKE_FUNCTION 132, BUILD_SLICE 133, JUMP_BACKWARD_NO_INTERRUPT 134,
        MAKE_CELL 135, LOAD_CLOSURE 136, LOAD_DEREF 137, STORE_DEREF 138, DELETE_DEREF 139, JUMP_BACKWARD 140 38,
        CALL_FUNCTION_EX 142, EXTENDED_ARG 144 34, LIST_APPEND 145, SET_ADD 146, MAP_ADD 147, LOAD_CLASSDEREF 148,
        COPY_FREE_VARS 149, RESUME 151 150, MATCH_CLASS 152, FORMAT_VALUE 155, BUILD_CONST_KEY_MAP 156,
        BUILD_STRING 157, LOAD_METHOD+10 160 56 57 58 59 62 63, LIST_EXTEND 162, SET_UPDATE 163, DICT_MERGE 164,
        DICT_UPDATE 165, PRECALL+1 166 64 65 66 67 72 73 76 77 78 79 80 81 113 121 127 141 143, CALL+4 171 22 23 24,
        KW_NAMES 172, POP_JUMP_BACKWARD_IF_NOT_NONE 173, POP_JUMP_BACKWARD_IF_NONE 174, POP_JUMP_BACKWARD_IF_FALSE 175,
        POP_JUMP_BACKWARD_IF_TRUE 176
        """)
}
