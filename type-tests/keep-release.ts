// `npm run api:release`, at a release: its types and its type tests become what later ones are held against.
import { cpSync, rmSync } from "node:fs";

const here = new URL("./", import.meta.url);
const previous = new URL("previous/", here);

rmSync(previous, { recursive: true, force: true });
cpSync(new URL("api", here), new URL("types", previous), { recursive: true });
for (const name of ["ts-expect", "adapters", "hosts", "framework.tsconfig.json"]) {
  cpSync(new URL(name, here), new URL(`programs/${name}`, previous), { recursive: true });
}
