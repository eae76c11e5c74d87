import { serviceNamed } from '../../shared/alerts/index.ts';

/** Services in the form in which they are compared, each once. */
export const servicesNamed = (services: readonly string[]): readonly string[] => [
  ...new Set(services.map((service) => serviceNamed(service) ?? service)),
];
