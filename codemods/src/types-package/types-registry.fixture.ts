import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

/** A version of a package: its manifest, and its files by path. */
export interface RegistryVersion {
  readonly manifest: { readonly name: string; readonly version: string; readonly [field: string]: unknown };
  readonly files: Readonly<Record<string, string>>;
}

/** Serves versions of one package as an npm registry does, on this machine. Returns the environment that makes npm use it. */
export async function serveRegistry(versions: readonly RegistryVersion[]): Promise<Record<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), "typed-session-registry-"));
  const tarballs = new Map(versions.map((each) => [`/${each.manifest.version}.tgz`, pack(folder, each)]));
  const server = createServer((request, response) => {
    const address = `http://${request.headers.host}`;
    const tarball = tarballs.get(request.url ?? "");
    if (tarball !== undefined) return void response.end(tarball);
    const all = versions.map(({ manifest }) => [
      manifest.version,
      { ...manifest, dist: { tarball: `${address}/${manifest.version}.tgz` } },
    ]);
    const [latest] = versions.slice(-1).map(({ manifest }) => manifest);
    const packument = {
      name: latest?.name,
      "dist-tags": { latest: latest?.version },
      versions: Object.fromEntries(all),
    };
    response.setHeader("content-type", "application/json").end(JSON.stringify(packument));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return { npm_config_registry: `http://127.0.0.1:${port}/`, npm_config_cache: join(folder, "cache") };
}

function pack(folder: string, { manifest, files }: RegistryVersion): Buffer {
  const source = join(folder, manifest.version, "package");
  for (const [name, text] of Object.entries({ ...files, "package.json": JSON.stringify(manifest) })) {
    mkdirSync(dirname(join(source, name)), { recursive: true });
    writeFileSync(join(source, name), text);
  }
  return execFileSync("tar", ["-czf", "-", "package"], { cwd: dirname(source) });
}
