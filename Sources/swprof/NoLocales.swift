/// An empty package of ICU's data, in the place of the 34 MB that Foundation brings along: what words, dates and numbers
/// look like in every country's language.
///
/// Nothing that swprof prints or reads depends on a locale. What asks for one all the same is told that there is no such
/// data, as ICU's own `stubdata` does. The linker gives it the name that ICU looks for (Package.swift).
///
/// Source: ICU, `udata.h` (`UDataInfo`) and `ucmndata.h` (`DataHeader`, `UDataOffsetTOC`): 32 bytes of header with the
/// magic 0xda27, the format `CmnD` version 1 and characters of two bytes; then how many items there are.
@used
let emptyLocaleData: (UInt64, UInt64, UInt64, UInt64, UInt64) = (0x0000_0014_27da_0020, 0x446e_6d43_0002_0000, 1, 0, 0)
