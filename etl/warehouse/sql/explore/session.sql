-- A cursor does not inherit the settings of its connection: set the Indian time zone and the published catalog.
SET TimeZone = 'Asia/Kolkata';
USE warehouse;
