-- A cursor does not inherit its connection's settings: days are days in India, and names refer to the warehouse.
SET TimeZone = 'Asia/Kolkata';
USE warehouse;
