/** A tab of a browser that is left when the test says so. */
export function openTab(kept = new Map<string, string>()) {
  const leaving = new Set<() => void>();
  const tab = {
    sessionStorage: {
      getItem: (name: string) => kept.get(name) ?? null,
      setItem: (name: string, text: string) => void kept.set(name, text),
      removeItem: (name: string) => void kept.delete(name),
    },
    addEventListener: (_: string, listener: () => void) => void leaving.add(listener),
    removeEventListener: (_: string, listener: () => void) => void leaving.delete(listener),
  } as unknown as Window;
  return { tab, kept, leaving, leave: () => leaving.forEach((listener) => void listener()) };
}
