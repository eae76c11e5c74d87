export { parseYaml } from './parse.ts';
export { YamlFault } from './reader.ts';
