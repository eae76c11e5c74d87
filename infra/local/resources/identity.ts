import type { Declared } from '../resource.ts';

/** The physical name that the template fixes, else the logical id. */
export function physicalName({ id, properties }: Declared, property: string): string {
  const fixed = properties[property];
  return typeof fixed === 'string' ? fixed : id;
}
