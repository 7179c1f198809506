import * as z from 'zod';

const PLACE = /^([\w.-]+):(\d{1,5})$/;
const HIGHEST_PORT = 65_535;

/** Why a text is not a `service:port`; null if it is one. */
function placeFault(text: string): string | null {
  const [, , port] = PLACE.exec(text) ?? [];
  if (port === undefined) return 'expected a service and its port inside the container, for example "waf:8080"';
  return isPort(port) ? null : `there is no port ${port}: ports go from 1 to ${HIGHEST_PORT}`;
}

/** Whether a text of digits is a port number. */
export const isPort = (text: string): boolean => Number(text) >= 1 && Number(text) <= HIGHEST_PORT;

/** `waf:8080` → a service and its port inside the container. */
export const place = () =>
  z
    .string()
    .regex(PLACE, { error: ({ input }) => placeFault(String(input)) ?? '', abort: true })
    .refine((text) => placeFault(text) === null, { error: ({ input }) => placeFault(String(input)) ?? '' })
    .transform((text) => {
      const [, service = '', port = ''] = PLACE.exec(text) ?? [];
      return { service, port: Number(port) };
    })
    .meta({ example: 'waf:8080' });
