import { scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const deriveKey = promisify<string, Buffer, number, Buffer>(scrypt);

export interface User {
  id: string;
  email: string;
  name: string;
}

interface Account extends User {
  salt: string;
  passwordHash: string;
}

const accounts: readonly Account[] = [
  {
    id: "u-1",
    email: "ada@shop.example",
    name: "Ada",
    salt: "51c48210e6da888f39e2221f429eefb2",
    passwordHash: "11a6a547654b1089f13a9c09835fc0246094c83b99d4e42b5eee597266286522",
  },
  {
    id: "u-2",
    email: "grace@shop.example",
    name: "Grace",
    salt: "dc5ce47acd7a01ea4ec268d01fac974d",
    passwordHash: "628e58dd5df6d99460cd19a44ad75b5731fef0d69d7bd18f22d0e3a3681036a5",
  },
];

// An unknown address costs as much time as a wrong password, so that the two can't be told apart.
const nobody = { salt: "00".repeat(16), passwordHash: "00".repeat(32) };

export function findUser(id: string): User | undefined {
  return accounts.find((account) => account.id === id);
}

export async function findByCredentials(email: string, password: string): Promise<User | undefined> {
  const account = accounts.find((candidate) => candidate.email === email);
  const { salt, passwordHash } = account ?? nobody;
  const expected = Buffer.from(passwordHash, "hex");
  const actual = await deriveKey(password, Buffer.from(salt, "hex"), expected.length);
  return timingSafeEqual(actual, expected) ? account : undefined;
}
