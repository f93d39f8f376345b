import type { Layer, Scope } from "../scope.js";
import type { SessionHandle } from "../session-handle.js";

/** What an adapter knows of a request. */
export interface RequestFacts {
  readonly method: string;
  /** The path as the client sent it, with or without the query. */
  readonly url: string;
  /** The header of this name. */
  readonly cookie: string | undefined;
  /** Whether the browser's connection is encrypted. Asked only where a cookie is set: frameworks look at proxies for it. */
  readonly isSecure: () => boolean;
}

/**
 * The scope of a framework's request.
 *
 * A class, since objects that are written down with a getter of their own are slow to make.
 */
export class RequestScope implements Scope {
  readonly type = "http";
  readonly method: string;
  readonly path: string;
  readonly headers: Scope["headers"];
  readonly layer: Layer;
  session?: SessionHandle<unknown>;
  readonly #isSecure: () => boolean;

  constructor({ method, url, cookie, isSecure }: RequestFacts, layer: Layer) {
    const query = url.indexOf("?");
    this.method = method;
    this.path = query === -1 ? url : url.slice(0, query);
    this.headers = { cookie };
    this.layer = layer;
    this.#isSecure = isSecure;
  }

  get secure(): boolean {
    return this.#isSecure();
  }
}
