import type { Service } from '../../../shared/incidents/index.ts';

/** The services of a shop, each with what it cannot work without. */
const needs: Readonly<Record<string, readonly string[]>> = {
  web: ['gateway'],
  'mobile-api': ['gateway'],
  gateway: ['auth', 'catalogue', 'checkout', 'search', 'recommendations'],
  auth: ['users-db'],
  'users-db': [],
  checkout: ['orders', 'payments', 'inventory', 'carts'],
  carts: ['carts-cache'],
  'carts-cache': [],
  orders: ['orders-db', 'kafka'],
  'orders-db': [],
  payments: ['payment-provider'],
  'payment-provider': [],
  inventory: ['inventory-db'],
  'inventory-db': [],
  catalogue: ['catalogue-db', 'media'],
  'catalogue-db': [],
  media: ['object-store'],
  'object-store': [],
  search: ['search-index'],
  'search-index': [],
  recommendations: ['features'],
  features: [],
  kafka: [],
  shipping: ['kafka'],
  invoicing: ['kafka'],
  'mail-sender': ['kafka'],
  analytics: ['kafka', 'warehouse'],
  warehouse: [],
  'image-resizer': ['object-store'],
  'fraud-scoring': [],
  billing: ['billing-db'],
  'billing-db': [],
  'cron-runner': [],
  'support-desk': [],
};

/** The service catalogue of the labelled outages. */
export const catalogue: readonly Service[] = Object.entries(needs).map(([id, dependsOn]) => ({
  id,
  dependsOn: [...dependsOn],
}));

/** The names of all services. */
export const serviceNames: readonly string[] = Object.keys(needs);
