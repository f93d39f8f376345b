import "express-session";

declare global {
	namespace Express {
		interface SessionData {
			userId: string;
		}
	}
}

export const ready = true;
