-- A cursor knows nothing of its connection's settings: days are days in India, names are the warehouse's.
SET TimeZone = 'Asia/Kolkata';
USE warehouse;
