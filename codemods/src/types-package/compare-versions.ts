/** Orders versions by their three numbers: negative where `a` is the older. */
export function compareVersions(a: string, b: string): number {
  const [inA, inB] = [numbersOf(a), numbersOf(b)];
  const differs = inA.findIndex((number, index) => number !== inB[index]);
  return differs < 0 ? 0 : (inA[differs] ?? 0) - (inB[differs] ?? 0);
}

function numbersOf(version: string): number[] {
  return [0, 1, 2].map((index) => Number.parseInt(version.split(".")[index] ?? "0", 10) || 0);
}
