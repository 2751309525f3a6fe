-- Load for wrk: orders placed, one of two requests, and read, by id and by customer.
--
--     wrk -t2 -c16 -d10s -s examples/orders/tests/load.lua http://127.0.0.1:8080 -- post|get|mix
--
-- SPDX-License-Identifier: MIT
local json = {["Content-Type"] = "application/json"}
local kind, n = "mix", 0

function init(args)
  kind = args[1] or "mix"
end

local function post()
  return wrk.format("POST", "/orders", json, string.format(
    '{"customer_id": %d, "items": [{"sku": "tea", "quantity": 2, "unit_cents": 450}, ' ..
    '{"sku": "cup", "quantity": 1, "unit_cents": 850}]}', n % 100 + 1))
end

function request()
  n = n + 1
  if kind == "post" or (kind == "mix" and n % 2 == 0) then
    return post()
  elseif n % 4 == 1 then
    return wrk.format("GET", "/orders/" .. (n % 1000 + 1))
  end
  return wrk.format("GET", "/customers/" .. (n % 100 + 1) .. "/orders?limit=20")
end
