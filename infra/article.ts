/** The article about an alarm, which is called as its heading there: `alertsAge` is "Alerts age". */
export function articleOf(id: string): string {
  const words = id.replace(/[A-Z]/g, (letter) => `-${letter}`).replace(/^-/, '');
  return `docs/operating.md#${words.toLowerCase()}`;
}
