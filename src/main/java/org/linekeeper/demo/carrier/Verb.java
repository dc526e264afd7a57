package org.linekeeper.demo.carrier;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * An element of a TwiML document, such as {@code <Dial timeout="20">}.
 *
 * @param text its own text, trimmed
 */
record Verb(String name, Map<String, String> attributes, String text, List<Verb> children) {

  /** The verbs inside {@code <Response>}; empty if the text is not TwiML. */
  static Optional<List<Verb>> parse(String xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(new DefaultHandler()); // the default one prints to stderr
      Element root = builder.parse(new InputSource(new StringReader(xml))).getDocumentElement();
      return root.getTagName().equals("Response")
          ? Optional.of(read(root).children())
          : Optional.empty();
    } catch (SAXException | IOException e) {
      return Optional.empty();
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("this Java's XML parser lacks secure processing", e);
    }
  }

  Optional<String> attribute(String name) {
    return Optional.ofNullable(attributes.get(name)).filter(v -> !v.isBlank());
  }

  private static Verb read(Element element) {
    Map<String, String> attributes = new LinkedHashMap<>();
    NamedNodeMap given = element.getAttributes();
    for (int i = 0; i < given.getLength(); i++) {
      attributes.put(given.item(i).getNodeName(), given.item(i).getNodeValue());
    }
    StringBuilder text = new StringBuilder();
    List<Verb> children = new ArrayList<>();
    NodeList nodes = element.getChildNodes();
    for (int i = 0; i < nodes.getLength(); i++) {
      Node node = nodes.item(i);
      switch (node.getNodeType()) {
        case Node.ELEMENT_NODE -> children.add(read((Element) node));
        case Node.TEXT_NODE, Node.CDATA_SECTION_NODE -> text.append(node.getNodeValue());
        default -> {
          // comments and processing instructions say nothing to a phone call
        }
      }
    }
    return new Verb(element.getTagName(), attributes, text.toString().strip(), children);
  }
}
