/** The example of the project's first description, as it comes through JSON: its dates as texts. */
export const seedRunbook = {
  id: 'api-restart-procedure',
  title: 'API Service Restart Procedure',
  description: 'Standard procedure for restarting API services',
  category: 'Operations',
  tags: ['api', 'restart', 'operations'],
  steps: [
    {
      id: 'verify-health',
      title: 'Verify Service Health',
      description: 'Check current service health status',
      command: 'http:GET|/health',
      order: 1,
      automatable: true,
    },
    {
      id: 'drain-connections',
      title: 'Drain Active Connections',
      description: 'Gracefully drain existing connections',
      command:
        'kubectl:kubectl patch service api-service -p \'{"spec":{"selector":{"version":"maintenance"}}}\'',
      order: 2,
      automatable: true,
    },
    {
      id: 'restart-service',
      title: 'Restart Service',
      description: 'Restart the API service pods',
      command: 'kubectl:kubectl rollout restart deployment/api-service',
      order: 3,
      automatable: false,
    },
  ],
  triggers: {
    alertPatterns: ['api.*down', 'service.*unavailable'],
    conditions: ['severity == "P1_CRITICAL"'],
  },
  metadata: {
    estimatedTime: 15,
    skillLevel: 'intermediate',
    lastTested: '2026-11-28T12:00:00.000Z',
    successRate: 0.95,
  },
  createdAt: '2026-11-28T12:00:00.000Z',
  updatedAt: '2026-11-28T12:00:00.000Z',
  version: '1.0',
};
