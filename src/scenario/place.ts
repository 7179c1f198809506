import * as z from 'zod';

const PLACE = /^([\w.-]+):(\d{1,5})$/;

/** `waf:8080` → a service and its port inside the container. */
export const place = () =>
  z
    .string()
    .regex(PLACE, 'expected a service and its port inside the container, as in "waf:8080"')
    .transform((text) => {
      const [, service = '', port = ''] = PLACE.exec(text) ?? [];
      return { service, port: Number(port) };
    });
