export { type PlacedYaml, parsePlacedYaml, parseYaml } from './parse.ts';
export { type TextPlace, YamlFault } from './reader.ts';
export { yamlText } from './write.ts';
