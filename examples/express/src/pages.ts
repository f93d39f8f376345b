import { accountOf, viewOf, type AppSession, type SignedIn } from "example-shop";

const products = [
  { sku: "tea", name: "First flush tea" },
  { sku: "rum", name: "Navy rum" },
  { sku: "cup", name: "Porcelain cup" },
];

/** The shop's front page: products, the cart, and a login or a logout. */
export function shopPage(session: AppSession): string {
  const { user, cart } = viewOf(session);
  const shelf = products.map(({ sku, name }) => `<li>${name} ${form("/cart", addButton(sku))}</li>`).join("");
  const items = cart.map(({ sku, quantity }) => `<li data-sku="${escape(sku)}">${quantity} × ${escape(sku)}</li>`);
  return page(`
    <p id="greeting">Hello, ${escape(user ?? "guest")}!</p>
    ${user === null ? loginForm : `<div><a href="/account">Your account</a> ${form("/logout", "<button>Log out</button>")}</div>`}
    <h2>On the shelf</h2><ul id="shelf">${shelf}</ul>
    <h2>In your cart</h2><ul id="cart">${items.join("") || "<li>nothing yet</li>"}</ul>`);
}

/** What only somebody who has logged in sees. */
export function accountPage(session: SignedIn): string {
  const { user, year, items } = accountOf(session);
  return page(`
    <p id="account">${escape(user)}, here since ${year}, with ${items} kinds of things in the cart.</p>
    <div><a href="/">Back to the shop</a> ${form("/logout", "<button>Log out</button>")}</div>`);
}

/** What others see in its place. */
export function loginPage(): string {
  return page(`<p id="refused">Please log in first.</p>${loginForm}`);
}

const loginForm = form("/login", `<input name="name" placeholder="Your name" required> <button>Log in</button>`);

function addButton(sku: string): string {
  return `<input type="hidden" name="sku" value="${sku}"><input type="hidden" name="quantity" value="1"><button>Add</button>`;
}

function form(action: string, content: string): string {
  return `<form method="post" action="${action}">${content}</form>`;
}

function page(content: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>A shop with typed sessions</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 32rem; margin: 1.5rem auto; padding: 1rem 1.5rem;
    border: 1px solid #d7dbe0; border-radius: .75rem; color: #1d2530 }
  h1 { font-size: 1.3rem; margin: 0 } h2 { font-size: 1rem; margin: 1.25rem 0 0 } p { margin: .5rem 0 }
  form { display: inline } ul { padding: 0; margin: 0; list-style: none }
  li, div { display: flex; justify-content: space-between; align-items: center; padding: .3rem 0 }
  li + li { border-top: 1px solid #eceff2 } div { justify-content: start; gap: 1rem }
  button, input { font: inherit; padding: .1rem .7rem; border: 1px solid #b8c0ca; border-radius: .4rem; background: #fff }
</style>
<h1>A shop with typed sessions</h1>${content}</html>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
