-- For every connection: days are days in India, whatever the machine's time zone.
SET TimeZone = 'Asia/Kolkata';
