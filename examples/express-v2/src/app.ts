import express, { type ErrorRequestHandler } from "express";
import session from "express-session";
import fileStore from "session-file-store";
import { products } from "./products";
import { account } from "./routes/account";
import { auth } from "./routes/auth";
import { cart } from "./routes/cart";

export interface Options {
  /** Signs the session cookie. */
  secret: string;
  /** Where the sessions are kept, one JSON file each. */
  sessionFolder: string;
  production: boolean;
}

export function createApp({ secret, sessionFolder, production }: Options) {
  const FileStore = fileStore(session);
  const app = express();

  app.use(express.json());
  app.use(
    session({
      name: "shop.sid",
      secret,
      resave: false,
      saveUninitialized: false,
      cookie: { httpOnly: true, sameSite: "lax", secure: production },
      store: new FileStore({ path: sessionFolder, retries: 0, logFn: () => {} }),
    }),
  );

  app.get("/", (req, res) => {
    res.json({ greeting: `Hello, ${(req.session as any)?.user?.name ?? "guest"}!`, products });
  });
  app.get("/health", (_req, res) => {
    res.type("text").send("ok");
  });
  app.use(auth);
  app.use("/cart", cart);
  app.use("/account", account);

  app.use((_req, res) => {
    res.status(404).json({ error: "There is nothing here." });
  });
  const answerError: ErrorRequestHandler = (error, _req, res, _next) => {
    const status = error.status ?? 500;
    if (status >= 500) console.error(error);
    res.status(status).json({ error: production ? "Something went wrong." : error.message });
  };
  app.use(answerError);

  return app;
}
