import "reflect-metadata";
import { BadRequestException, Body, Controller, Get, HttpCode, Module, Param, Post, Req } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import type { NestExpressApplication } from "@nestjs/platform-express";
import { accountOf, addToCart, address, announce, backend, logIn, SignedIn, viewOf } from "example-shop";
import type { AppSession, View } from "example-shop";
import { Session, sessions, type Request } from "typed-session/nest";

@Controller()
class ShopController {
  @Get("health")
  health(): string {
    return "ok";
  }

  @Get("cart")
  cart(@Session() session: AppSession): View {
    return viewOf(session);
  }

  @Post("cart")
  @HttpCode(200)
  add(@Session() session: AppSession, @Body() body: unknown): View {
    const problem = addToCart(session, body);
    if (problem !== undefined) throw new BadRequestException(problem);
    return viewOf(session);
  }

  @Post("login")
  @HttpCode(200)
  logIn(@Req() request: Request, @Body() body: unknown): View {
    const problem = logIn(request.session, body);
    if (problem !== undefined) throw new BadRequestException(problem);
    request.regenerateSession();
    return viewOf(request.session);
  }

  @Post("logout")
  @HttpCode(204)
  logOut(@Req() request: Request): void {
    request.clearSession();
  }

  @Get("account")
  account(@Session(SignedIn) session: SignedIn): ReturnType<typeof accountOf> {
    return accountOf(session);
  }

  @Get("account/orders/:id")
  order(@Param("id") id: string, @Session(SignedIn) session: SignedIn): { order: string; user: string } {
    return { order: id, user: session.user };
  }
}

@Module({ controllers: [ShopController] })
class ShopModule {}

const app = await NestFactory.create<NestExpressApplication>(ShopModule, { logger: ["error"] });
app.use(sessions(backend));
await app.listen(address.port, address.host);
announce(app.getHttpServer());
