import type { FastifyPluginCallback } from "fastify";

/** Makes a plugin whose hooks and decorators are for the instance that registers it: what `fastify-plugin` does. */
export function createPlugin(name: string, plugin: FastifyPluginCallback): FastifyPluginCallback {
  return Object.assign(plugin, {
    [Symbol.for("skip-override")]: true,
    [Symbol.for("fastify.display-name")]: name,
    [Symbol.for("plugin-meta")]: { name, fastify: "5.x" },
  });
}
