export interface Application {
  readonly style: string;
  readonly variant: string;
}
export const baseline: string;
export const applications: readonly Application[];
export function writeApplication(application: Application, handlerCount: number): Record<string, string>;
