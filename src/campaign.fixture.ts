/** How many cases a campaign goes through: all of them in `npm run test:long`, a part of them in `npm test`. */
export function campaignSize(part: number, all: number): number {
  return process.env["TYPED_SESSION_RUNS"] === undefined ? part : all;
}
