import type { Resource } from './resource.ts';

/** Where resources and ports of a local system are looked up. */
export interface Directory {
  all<Properties>(type: string): readonly Resource<Properties>[];
  find<Properties>(id: string): Resource<Properties>;
  port(id: string): number;
}

/** A directory of resolved resources; CDK's eight digits at the end of a logical id may be left out. */
export function directory(resources: readonly Resource[], ports: ReadonlyMap<string, number>): Directory {
  return {
    all: <Properties>(type: string) => resources.filter((one) => one.type === type) as Resource<Properties>[],
    find<Properties>(id: string) {
      const named = resources.filter((one) => one.id === id || one.id.replace(/[0-9A-F]{8}$/, '') === id);
      const [only] = named;
      if (only !== undefined && named.length === 1) return only as Resource<Properties>;
      throw new Error(`${named.length} resources are called ${id}, expected one`);
    },
    port(id) {
      const port = ports.get(id);
      if (port === undefined) throw new Error(`No port is set aside for ${id}`);
      return port;
    },
  };
}
