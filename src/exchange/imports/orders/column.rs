//! What the columns of a file can be, and the many names shops give them.

/// What a column can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The number of the order. Required.
    Order,
    /// The product. Required.
    Sku,
    /// How many. Required.
    Quantity,
    /// Price of one unit.
    UnitPrice,
    /// What the customer reads.
    Description,
    /// When the order was placed.
    PlacedAt,
    /// The customer's number.
    Customer,
    /// The customer's name.
    CustomerName,
    /// The customer's e-mail.
    Email,
    /// Where it goes.
    Address,
    /// Which country it goes to.
    Country,
    /// When the customer needs it.
    RequiredBy,
    /// A remark of the customer.
    Note,
    /// What the prices are in.
    Currency,
    /// How far the order is.
    Status,
    /// Whether it is paid, or paid back.
    Payment,
    /// Whether it left.
    Fulfilment,
    /// How far the line is.
    LineStatus,
    /// When the order was given up.
    CancelledAt,
    /// Price of all units of the line.
    LineTotal,
}

/// Each column with its names: letters and digits only, lower case, the best name first.
pub(super) const NAMES: &[(Column, &str, &str)] = &[
    (
        Column::Order,
        "order_number",
        "ordernumber orderno ordernr orderid amazonorderid order invoiceno invoicenumber invoice reference \
         bestellnummer auftragsnummer bestellung numerocommande numerodecommande commande",
    ),
    (
        Column::Sku,
        "sku",
        "sku lineitemsku productsku itemsku customlabel stockcode productcode itemcode itemnumber itemno \
         articlenumber article product item artikelnummer artikel codeproduit codearticle produit",
    ),
    (
        Column::Quantity,
        "quantity",
        "quantityrefund quantity qty lineitemquantity quantityordered quantitypurchased orderedquantity ordered units \
         menge anzahl quantite qte",
    ),
    (
        Column::UnitPrice,
        "unit_price",
        "unitprice price lineitemprice itemprice itemcost soldfor priceeach einzelpreis preis prixunitaire prix",
    ),
    (
        Column::Description,
        "description",
        "description productname itemname lineitemname producttitle itemtitle title bezeichnung artikelbezeichnung \
         designation libelle",
    ),
    (
        Column::PlacedAt,
        "placed_at",
        "placedat orderdate orderedat invoicedate purchasedate saledate createdat dateordered date datetime \
         bestelldatum datum datecommande datedecommande",
    ),
    (
        Column::Customer,
        "customer",
        "customerid customernumber customerno customercode accountnumber account buyerusername customer clientid \
         client kundennummer kunde numeroclient codeclient",
    ),
    (
        Column::CustomerName,
        "customer_name",
        "customername buyername billingname recipientname shippingname name company kundenname nomclient nom",
    ),
    (
        Column::Email,
        "email",
        "customeremail buyeremail emailbilling billingemail email emailaddress mail",
    ),
    (
        Column::Address,
        "address",
        "shippingaddress shipto deliveryaddress address lieferadresse adresse adressedelivraison",
    ),
    (
        Column::Country,
        "country",
        "shippingcountry shipcountry shiptocountry countrycodeshipping country countrycode land pays",
    ),
    (
        Column::RequiredBy,
        "required_by",
        "requiredby requireddate requesteddeliverydate deliverby deliveryby needby wunschtermin",
    ),
    (
        Column::Note,
        "note",
        "note notes comment comments customernote bemerkung commentaire",
    ),
    (
        Column::Currency,
        "currency",
        "currency currencycode ordercurrency waehrung wahrung devise",
    ),
    (
        Column::Status,
        "status",
        "orderstatus status bestellstatus auftragsstatus statut statutcommande",
    ),
    (
        Column::Payment,
        "payment_status",
        "financialstatus paymentstatus paymentstate zahlungsstatus",
    ),
    (
        Column::Fulfilment,
        "fulfilment_status",
        "fulfillmentstatus fulfilmentstatus shippingstatus shipmentstatus deliverystatus versandstatus",
    ),
    (
        Column::LineStatus,
        "line_status",
        "lineitemfulfillmentstatus lineitemstatus itemstatus linestatus",
    ),
    (
        Column::CancelledAt,
        "cancelled_at",
        "cancelledat canceledat cancelleddate canceleddate",
    ),
    (
        Column::LineTotal,
        "line_total",
        "linetotal linetotalprice lineamount rowtotal orderlinetotal zeilensumme gesamtpreis totalligne",
    ),
];

/// How many columns there can be.
pub const COUNT: usize = NAMES.len();

/// All of them.
pub fn every() -> impl Iterator<Item = Column> {
    NAMES.iter().map(|(column, ..)| *column)
}

/// What they are called here, the required ones first.
pub fn names() -> impl Iterator<Item = &'static str> {
    NAMES.iter().map(|(_, name, _)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_has_a_place_of_its_own() {
        for (at, (column, name, _)) in NAMES.iter().enumerate() {
            assert_eq!(*column as usize, at, "{name}");
        }
    }
}
