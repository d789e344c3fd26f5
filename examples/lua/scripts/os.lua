-- What does not depend on the moment: dates from numbers, the environment, differences.
print(os.date("!%Y-%m-%d %H:%M:%S", 0), os.date("!%A %B %d %j %U %p", 86400 * 200))
print(os.time({ year = 2000, month = 1, day = 1, hour = 0 }), os.time({ year = 2024, month = 14, day = -3, hour = 12 }))
local t = os.date("!*t", 1e9); print(t.year, t.month, t.day, t.hour, t.min, t.sec, t.wday, t.yday, t.isdst)
print(os.getenv("NO_SUCH_VARIABLE"), os.difftime(10, 4), type(os.clock()), os.time() >= 0)
print(os.setlocale(), os.setlocale("C"), os.setlocale(nil, "numeric"), os.setlocale("xx_YY"))
print(pcall(os.date, "%Ez", 0))
local before = os.clock(); local x = 0; for i = 1, 10000 do x = x + i end; print(os.clock() >= before, x)
