export {};

declare const request: { session: object };
console.log(request.session.userId);
