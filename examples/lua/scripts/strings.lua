-- Formatting, patterns, and the conversions between numbers and strings.
print(("%5d|%-5d|%05.1f|%x|%q"):format(42, 42, 3.14159, 255, 'a "quoted"\n\0line'))
print(("%g %g %g %.17g %a"):format(1e100, 0.1, 1e-7, 0.1, 1))
print(#"h\u{e9}llo", ("abc"):rep(3, "-"), ("abc"):reverse(), ("MiXed"):lower(), ("MiXed"):upper())
for key, value in ("a=1, b=2, c = 3"):gmatch("(%w+)%s*=%s*(%w+)") do io.write(key, ":", value, " ") end
print()
print(("THE (quick) fox"):find("%((%a+)%)"), ("hello world"):gsub("o", "0"))
print((("  trim  "):gsub("^%s*(.-)%s*$", "%1")), ("x = y"):match("^(%w+)%s*=%s*(%w+)$"))
print(("abc"):byte(1, -1), string.char(76, 117, 97), tostring(1e15), tostring(2^53), 10 // 3, 10 / 2)
print(tonumber("0x1p4"), tonumber("  12  "), tonumber("1e1"), tonumber("z", 36), tonumber("8", 8))
print(("f(a,b)"):gsub("%b()", "[]"), ("THE END"):gsub("%f[%a]%a+", string.lower))
print(math.type(1), math.type(1.0), math.type("1"), 1 == 1.0, "10" + 5, "3" * "4", 10 .. 20)
