declare namespace Shop {
  interface SessionData {
    stays: true;
  }
}
