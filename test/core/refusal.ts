import { UnsafeConfigurationError } from '../../lib/core/errors';

/** The code and message that a configuration is refused with; fails when it is accepted. */
export function refusal(configure: () => unknown): { code: string; message: string } {
  try {
    configure();
  } catch (error) {
    if (error instanceof UnsafeConfigurationError) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error('the configuration was accepted');
}
