import "express-session";

export const ready = true;
