-- Packed structures and UTF-8.
local packed = string.pack("<i4>I2bBz s1 d", -2, 513, -1, 255, "zero", "len", 1.5)
print(#packed, string.unpack("<i4>I2bBz s1 d", packed)); print(string.packsize("<i4i8!8d"), string.pack(">I3", 0x010203):byte(1, -1))
print(pcall(string.pack, "i1", 200)); print(pcall(string.unpack, "<i8", "short")); print(string.unpack("<f", string.pack("<f", 0.5)))
print(utf8.char(72, 228, 8364, 128512), utf8.len("h\u{e4}\u{20ac}"), utf8.len("\xff"), utf8.codepoint("\u{20ac}", 1), utf8.offset("a\u{e4}b", 3))
for p, c in utf8.codes("a\u{e4}\u{1f600}") do io.write(p, ":", c, " ") end
print(); print(("x"):pack() == "x", #string.pack("s", "abc") > 3, pcall(utf8.codepoint, "\xff"))
local bytes = {}; for i = 0, 255 do bytes[#bytes + 1] = string.char(i) end
local all = table.concat(bytes); local sum = 0; for i = 1, #all do sum = sum * 31 + all:byte(i) & 0xffffffff end; print(#all, sum)
