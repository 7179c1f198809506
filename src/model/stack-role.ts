/** Role of the sum over all judged services. */
export const STACK_ROLE = '(stack)';
