-- Operators, inheritance, proxies.
local Vector = {}; Vector.__index = Vector
local function vector(x, y) return setmetatable({ x = x, y = y }, Vector) end
Vector.__add = function(a, b) return vector(a.x + b.x, a.y + b.y) end
Vector.__mul = function(a, b) return type(a) == "number" and vector(a * b.x, a * b.y) or a.x * b.x + a.y * b.y end
Vector.__eq = function(a, b) return a.x == b.x and a.y == b.y end
Vector.__lt = function(a, b) return a.x < b.x end
Vector.__le = function(a, b) return a.x <= b.x end
Vector.__unm = function(a) return vector(-a.x, -a.y) end
Vector.__len = function() return 2 end
Vector.__tostring = function(a) return "(" .. a.x .. ", " .. a.y .. ")" end
Vector.__concat = function(a, b) return tostring(a) .. tostring(b) end
Vector.__call = function(self, k) return self[k] end
local a, b = vector(1, 2), vector(3, 4)
print(tostring(a + b), a * b, tostring(2 * a), a == vector(1, 2), a < b, a <= b, tostring(-a), #a, a .. b, a("y"))
local Animal = {}; Animal.__index = Animal
function Animal.new(name) return setmetatable({ name = name }, Animal) end
function Animal:speak() return self.name .. " makes a sound" end
local Dog = setmetatable({}, { __index = Animal }); Dog.__index = Dog
function Dog.new(name) return setmetatable(Animal.new(name), Dog) end
function Dog:speak() return Animal.speak(self) .. ": woof" end
print(Animal.new("cat"):speak(), Dog.new("rex"):speak())
local reads = {}
local proxy = setmetatable({}, { __index = function(_, k) reads[#reads + 1] = k; return k .. "!" end, __newindex = function(t, k, v) rawset(t, k, v * 2) end })
print(proxy.one, proxy.two, table.concat(reads, " ")); proxy.n = 21; print(proxy.n, rawget(proxy, "one"))
for k, v in pairs(setmetatable({}, { __pairs = function() return function(_, i) i = i + 1; if i < 4 then return i, i * i end end, nil, 0 end })) do io.write(k, "=", v, " ") end
print(); print(getmetatable("").__index == string, getmetatable(setmetatable({}, { __metatable = "locked" })))
