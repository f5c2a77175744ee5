import SegueJourney
import SegueTestSupport
import Testing

@Suite("Stages of events by their names")
struct EventStagesTests {
  private func expect(_ step: StageModel.Step?, _ names: String...) {
    for name in names { #expect(EventStages.step(of: name) == step, "\(name)") }
  }

  @Test("the events of the shop with known answers stand where they were planted")
  func lumen() throws {
    let planted = try PlantedShop()
    for (index, stage) in planted.stages.enumerated() {
      for event in stage.events {
        let step = try #require(EventStages.step(of: event), "\(event)")
        #expect(StageModel.standard.stage(for: step) == index, "\(event)")
      }
    }
  }

  /// https://segment.com/docs/connections/spec/ecommerce/v2/
  @Test("Segment's e-commerce specification")
  func segment() {
    expect(.awareness, "Promotion Viewed")
    expect(
      .consideration, "Products Searched", "Product List Viewed", "Product List Filtered", "Product Clicked",
      "Product Viewed", "Promotion Clicked", "Product Added to Wishlist", "Product Removed from Wishlist")
    expect(
      .decision, "Product Added", "Product Removed", "Cart Viewed", "Checkout Started",
      "Checkout Step Viewed",
      "Checkout Step Completed", "Payment Info Entered", "Coupon Entered", "Coupon Applied", "Coupon Denied",
      "Coupon Removed", "Wishlist Product Added to Cart")
    expect(.purchase, "Order Completed")
    expect(.postPurchase, "Order Updated", "Order Refunded", "Order Cancelled")
    expect(.advocacy, "Product Shared", "Cart Shared", "Product Reviewed")
  }

  /// https://developers.google.com/analytics/devguides/collection/ga4/reference/events
  @Test("GA4's recommended and automatic events")
  func ga4() {
    expect(.awareness, "page_view", "session_start", "first_visit", "view_promotion", "generate_lead")
    expect(
      .consideration, "view_item", "view_item_list", "select_item", "add_to_wishlist", "search",
      "view_search_results",
      "select_promotion")
    expect(
      .decision, "add_to_cart", "remove_from_cart", "view_cart", "begin_checkout", "add_payment_info",
      "add_shipping_info")
    expect(.purchase, "purchase", "in_app_purchase")
    expect(.postPurchase, "refund")
    expect(.advocacy, "share")
    expect(
      nil, "scroll", "click", "user_engagement", "login", "sign_up", "video_start", "file_download",
      "level_up")
  }

  /// Shopify's web pixel.
  @Test("Shopify's customer events")
  func shopify() {
    expect(.awareness, "page_viewed")
    expect(.consideration, "product_viewed", "collection_viewed", "search_submitted")
    expect(
      .decision, "product_added_to_cart", "cart_viewed", "checkout_started",
      "checkout_contact_info_submitted",
      "payment_info_submitted")
    expect(.purchase, "checkout_completed")
  }

  @Test("the clickstream of the simple online shop: all but the lost")
  func onlineShop() {
    expect(.awareness, "main")
    expect(.consideration, "catalog", "product1", "product2")
    expect(
      .decision, "cart", "delivery_choice", "delivery_courier", "delivery_pickup", "payment_choice",
      "payment_card",
      "payment_cash")
    expect(.purchase, "payment_done")
    expect(nil, "lost")
  }

  @Test("joining a list is no purchase")
  func lists() {
    expect(.awareness, "newsletter_subscribed", "Subscribed to List", "Subscribed to Email Marketing")
    expect(.purchase, "subscribed")
  }

  @Test("what nobody knows is not guessed")
  func unknown() {
    expect(nil, "", " ", "foo", "x_17", "Registration", "MRI SCAN", "🎉", "___", "heartbeat", "error_shown")
  }

  @Test(
    "spelling makes no difference",
    arguments: [
      "Product Viewed", "product_viewed", "productViewed", "PRODUCT VIEWED", "product.viewed",
      "product-viewed ",
    ])
  func spelling(name: String) {
    expect(.consideration, name)
  }
}
