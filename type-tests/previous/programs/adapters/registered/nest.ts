import { Controller, Get, Param, Req, UseGuards } from "@nestjs/common";
import { requireSession, Session, type Request } from "typed-session/nest";
import { expectType, type TypeEqual } from "ts-expect";
import { SignedIn, type AppSession } from "./session.js";

@Controller()
@UseGuards(requireSession(SignedIn))
export class AccountController {
  @Get("cart")
  cart(@Session() session: AppSession, @Param("id") _id: string): string[] {
    return session.cart;
  }

  @Get("account")
  account(@Param("id") _id: string, @Session(SignedIn) session: SignedIn): string {
    return session.userId;
  }

  @Get("wider")
  wider(@Session(SignedIn) session: { readonly userId?: string | undefined }): unknown {
    return session;
  }

  @Get("request")
  request(@Req() request: Request): string[] {
    expectType<TypeEqual<typeof request.session, AppSession>>(true);
    request.regenerateSession();
    return request.session.cart;
  }

  // A parameter that is declared as something else is refused.
  @Get("narrower")
  // @ts-expect-error strict only
  narrower(@Session() session: SignedIn): string {
    return session.userId;
  }

  @Get("other")
  // @ts-expect-error
  other(@Session(SignedIn) session: { userId: number }): number {
    return session.userId;
  }

  @Get("second")
  // @ts-expect-error
  second(@Param("id") _id: string, @Session(SignedIn) session: Map<string, string>): unknown {
    return session;
  }
}
