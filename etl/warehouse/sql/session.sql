-- Every connection: days are days in India, whatever the machine's zone.
SET TimeZone = 'Asia/Kolkata';
