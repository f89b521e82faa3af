import { describe, expect, it } from '@jest/globals';
import { destroyClients, makeClients } from '../../../adapters/aws/clients.ts';

describe('clients', () => {
  it('have no layer that copies requests for a logger, and sign as ever', () => {
    const clients = makeClients('us-east-1');
    for (const { middlewareStack } of Object.values(clients)) {
      const layers = middlewareStack.identify().map((layer) => layer.split(' ')[0]);
      expect(layers).not.toContain('loggerMiddleware');
      expect(layers).toContain('httpSigningMiddleware');
    }
    destroyClients(clients);
  });
});
