// Every construct and token of the frameworks keeps the stack it was made on, as deep as it gets, and Jest maps each frame of it to its
// source: three quarters of the time that a synthesis takes here. Nothing reads them: an error keeps its own.
const captureStackTrace = Error.captureStackTrace.bind(Error);

Error.captureStackTrace = (target, below) => {
  if (Object.prototype.toString.call(target) === '[object Error]') captureStackTrace(target, below);
  else Object.assign(target, { stack: '' });
};
