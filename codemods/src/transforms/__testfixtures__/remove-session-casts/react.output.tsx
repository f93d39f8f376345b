export const Page = ({ req }: { req: any }) => (
  <main>
    Don't change this: (req.session as any).name
    <p title={req.session.title}>{req.session.name}</p>
  </main>
);
