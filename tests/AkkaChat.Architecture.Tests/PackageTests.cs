using System.Xml.Linq;

namespace AkkaChat.Architecture.Tests;

/// <summary>What 'dotnet pack' is told: each package says what it is, and has a readme, symbols and a license.</summary>
public sealed class PackageTests
{
    private static readonly XDocument Properties = XDocument.Load(Path.Combine(Repository.Root, "Directory.Build.props"));

    [Fact]
    public void Each_package_has_a_description_of_its_own()
    {
        var descriptions = Repository.ProductProjects.Where(project => project.Name != "AkkaChat.Host")
            .Select(project => project.Xml.Descendants("Description").SingleOrDefault()?.Value).ToList();

        Assert.NotEmpty(descriptions);
        Assert.DoesNotContain(null, descriptions);
        Assert.Equal(descriptions.Count, descriptions.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("PackageLicenseExpression", "Apache-2.0")]
    [InlineData("PackageReadmeFile", "README.md")]
    [InlineData("SymbolPackageFormat", "snupkg")]
    [InlineData("IncludeSymbols", "true")]
    [InlineData("GenerateDocumentationFile", "true")]
    public void All_packages_have(string property, string value) =>
        Assert.Equal(value, Assert.Single(Properties.Descendants(property)).Value);

    [Fact]
    public void The_readme_stands_alone_for_a_gallery_has_no_other_files()
    {
        var included = Assert.Single(Properties.Descendants("None"), item => item.Attribute("Pack")?.Value == "true");
        Assert.EndsWith("src/README.md", included.Attribute("Include")!.Value, StringComparison.Ordinal);

        Assert.DoesNotContain("](", File.ReadAllText(Path.Combine(Repository.Root, "src", "README.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_readmes_program_is_a_part_of_that_in_the_repositorys_readme()
    {
        var program = ProgramOf("src/README.md").Where(line => line.Length > 0);

        Assert.Empty(program.Except(ProgramOf("README.md"), StringComparer.Ordinal));
    }

    /// <summary>The lines of the first C# block.</summary>
    private static string[] ProgramOf(string page)
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, page));
        var program = lines.SkipWhile(line => line != "```csharp").Skip(1).TakeWhile(line => line != "```").ToArray();
        Assert.NotEmpty(program);
        return program;
    }
}
