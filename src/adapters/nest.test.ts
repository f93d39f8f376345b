import "reflect-metadata";
import {
  Catch,
  Controller,
  Get,
  Param,
  Req,
  Res,
  UseGuards,
  type ArgumentsHost,
  type ExceptionFilter,
} from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import type { NestExpressApplication } from "@nestjs/platform-express";
import type { Response } from "express";
import { expect, onTestFinished, test } from "vitest";
import { ServerSideSessionBackend, type BaseSessionBackend } from "../backends/index.js";
import { openClient } from "../http-client.fixture.js";
import type { SessionConnection } from "../request.js";
import { MemoryStore, withNamespace, type Store } from "../stores/index.js";
import type { SessionDict } from "../types.js";
import { describeAdapter, guardedRoute, ShopSession, SignedIn, type Route } from "./adapter-conformance.fixture.js";
import { requireSession, Session, sessions, type SessionsOptions } from "./nest.js";

type Controllers = readonly (new () => object)[];

async function createApp(controllers: Controllers): Promise<NestExpressApplication> {
  class AppModule {}
  const app = await NestFactory.create<NestExpressApplication>(
    { module: AppModule, controllers: [...controllers] },
    { logger: false, abortOnError: false },
  );
  onTestFinished(() => app.close());
  return app;
}

async function listen(app: NestExpressApplication): Promise<string> {
  await app.listen(0, "127.0.0.1");
  return app.getUrl();
}

async function serveControllers(
  controllers: Controllers,
  backend: BaseSessionBackend<ShopSession> = serverSide(),
  options: SessionsOptions = {},
): Promise<{ origin: string; errors: unknown[] }> {
  const app = await createApp(controllers);
  const { filter, errors } = keepErrors();
  app.useGlobalFilters(filter);
  app.use(sessions(backend, options));
  return { origin: await listen(app), errors };
}

function keepErrors(): { filter: ExceptionFilter; errors: unknown[] } {
  const errors: unknown[] = [];
  @Catch()
  class KeepErrors implements ExceptionFilter {
    catch(error: Error & { getStatus?: () => number }, host: ArgumentsHost): void {
      errors.push(error);
      const response = host.switchToHttp().getResponse<Response>();
      response.status(error.getStatus?.() ?? 500).json({ error: error.name });
    }
  }
  return { filter: new KeepErrors(), errors };
}

function serverSide(store: Store = new MemoryStore()): BaseSessionBackend<ShopSession> {
  return new ServerSideSessionBackend({ store, secure: false, session: ShopSession });
}

/** A controller with a route of the shop. */
function controllerOf({ path, serve }: Route): new () => object {
  @Controller()
  class ShopController {
    @Get(path)
    async answer(@Req() request: SessionConnection<SessionDict>, @Res() response: Response): Promise<void> {
      const { status, headers, body } = await serve(request);
      response.status(status);
      for (const [name, value] of headers) response.append(name, value);
      response.send(body);
    }
  }
  return ShopController;
}

@Controller()
class AccountController {
  @Get(guardedRoute.path)
  account(@Param("tab") tab: string, @Session(SignedIn) session: Parameters<typeof guardedRoute.serve>[0]["session"]) {
    return guardedRoute.serve({ session }, tab);
  }
}

describeAdapter("Nest on Express", (routes, backend, options) =>
  serveControllers([...routes.map(controllerOf), AccountController], backend, options),
);

test("@Session() gives the session itself, and a whole controller can be guarded", async () => {
  @Controller("cart")
  class CartController {
    @Get("add")
    add(@Session() session: SessionDict) {
      session["cart"].push("tea");
      return session["cart"];
    }
    @Get("login")
    login(@Session() session: SessionDict) {
      session["userId"] = "ada";
    }
  }
  @Controller("account")
  @UseGuards(requireSession(SignedIn))
  class GuardedController {
    @Get()
    account(@Session() session: SessionDict) {
      return session["userId"].toUpperCase();
    }
  }
  const { origin, errors } = await serveControllers([CartController, GuardedController]);
  const client = openClient(origin);
  await client.get("/cart/add");
  expect(await (await client.get("/cart/add")).json()).toEqual(["tea", "tea"]);
  expect((await client.get("/account")).status).toBe(401);
  expect(errors).toMatchObject([{ name: "UnauthorizedException", cause: { name: "SessionRequiredError" } }]);
  await client.get("/cart/login");
  expect(await (await client.get("/account")).text()).toBe("ADA");
});

test("on demand, @Session() loads the session, checked or not", async () => {
  @Controller()
  class CartController {
    @Get("add")
    add(@Session() session: SessionDict) {
      return session["cart"].push("tea");
    }
    @Get("checked")
    checked(@Session(ShopSession) session: ShopSession) {
      return session.cart;
    }
  }
  const inner = new MemoryStore();
  const store: Store = { ...withNamespace(inner, ""), get: async (key) => inner.get(key) };
  const { origin } = await serveControllers([CartController], serverSide(store), { load: "on-demand" });
  const client = openClient(origin);
  await client.get("/add");
  expect(await (await client.get("/add")).text()).toBe("2");
  expect(await (await client.get("/checked")).json()).toEqual(["tea", "tea"]);
});

test("without app.use(sessions()), or with it too late, the error names the handler and says what to do", async () => {
  @Controller()
  class CartController {
    @Get()
    cart(@Session() session: SessionDict) {
      return session;
    }
  }
  const app = await createApp([CartController]);
  const { filter, errors } = keepErrors();
  app.useGlobalFilters(filter);
  await app.init();
  app.use(sessions(serverSide()));
  expect((await openClient(await listen(app)).get("/")).status).toBe(500);
  expect(errors).toEqual([
    expect.objectContaining({
      message:
        "CartController.cart found no session: call app.use(sessions(backend)) in main.ts, " +
        "before app.listen() and app.init().",
    }),
  ]);
});
