import { untypedTester } from "../rule-tester.fixture.js";
import { newName } from "./new-name.js";

untypedTester().run("new-name", newName, {
  valid: ["req.session.userId;"],
  invalid: [
    {
      code: "(req.session as any).userId;",
      errors: [{ messageId: "found", data: { found: "req.session as any" } }],
    },
  ],
});
