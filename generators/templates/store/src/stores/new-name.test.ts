import { NewNameStore } from "./new-name.js";
import { describeStore } from "./store-conformance.js";

describeStore("NewNameStore", { create: (clock) => new NewNameStore({ clock }) });
