import type { Session } from "./session";

export const Page = ({ req }: { req: any }) => (
  <main>
    Don't change this: (req.session as any).name
    <p title={(req.session as any).title}>{(req.session as Session).name}</p>
  </main>
);
